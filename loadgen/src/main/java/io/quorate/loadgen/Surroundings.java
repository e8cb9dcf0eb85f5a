package io.quorate.loadgen;

import java.io.PrintStream;
import java.util.List;

/**
 * What a command finds around it.
 *
 * @param out where results go
 * @param terminal whether someone watches {@code out}
 * @param stop how the user ends the command
 * @param nodeCommand what starts a node
 */
public record Surroundings(
    PrintStream out, boolean terminal, StopSignal stop, List<String> nodeCommand) {}
