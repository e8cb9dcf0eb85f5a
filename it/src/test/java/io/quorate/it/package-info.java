@NullMarked
package io.quorate.it;

import org.jspecify.annotations.NullMarked;
