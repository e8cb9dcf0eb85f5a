/** The replication core under a seeded network with virtual time, watched by an oracle. */
@NullMarked
package io.quorate.core.sim;

import org.jspecify.annotations.NullMarked;
