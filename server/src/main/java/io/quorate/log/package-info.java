/**
 * What a node keeps on its disk: a log of all that it was told, and snapshots that bound the log.
 * No threads but those of {@link io.quorate.log.LogThreads}, no files but through {@link
 * io.quorate.log.Storage}.
 */
@NullMarked
package io.quorate.log;

import org.jspecify.annotations.NullMarked;
