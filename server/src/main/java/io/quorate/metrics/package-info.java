/** What any layer but the core may count, to be read by whoever shows it. Knows nothing of them. */
@NullMarked
package io.quorate.metrics;

import org.jspecify.annotations.NullMarked;
