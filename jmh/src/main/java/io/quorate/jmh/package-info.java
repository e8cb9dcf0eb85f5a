@NullMarked
package io.quorate.jmh;

import org.jspecify.annotations.NullMarked;
