package io.quorate.replication;

import io.netty.buffer.ByteBuf;

/**
 * A follower's answer to a request.
 *
 * @param body the whole body; whoever takes the answer releases it
 * @param keepAlive whether the connection can carry another request
 */
record LinkAnswer(int status, ByteBuf body, boolean keepAlive) {}
