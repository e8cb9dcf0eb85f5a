@NullMarked
package io.quorate.core;

import org.jspecify.annotations.NullMarked;
