@NullMarked
package io.quorate.loadgen;

import org.jspecify.annotations.NullMarked;
