/** What clients saw of a cluster, and whether that can be: pure, without HTTP and threads. */
@NullMarked
package io.quorate.it.history;

import org.jspecify.annotations.NullMarked;
