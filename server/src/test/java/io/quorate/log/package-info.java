@NullMarked
package io.quorate.log;

import org.jspecify.annotations.NullMarked;
