@NullMarked
package io.quorate.charts;

import org.jspecify.annotations.NullMarked;
