@NullMarked
package io.quorate.node;

import org.jspecify.annotations.NullMarked;
