@NullMarked
package io.quorate.replication;

import org.jspecify.annotations.NullMarked;
