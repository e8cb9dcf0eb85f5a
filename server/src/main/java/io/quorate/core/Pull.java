package io.quorate.core;

/**
 * From one that was granted its epoch: asks a node for a part of what it holds.
 *
 * @param leadership the candidate's; who has not granted it sends nothing
 * @param life whom it is meant for; another sends nothing
 * @param attempt grows by one with each snapshot that the candidate asks this node for
 * @param number which chunk of it: the first, the one after the last, or the last once more
 * @param since only what is newer than this version, through which the candidate holds the same; 0
 *     for everything
 */
public record Pull(Leadership leadership, Life life, long attempt, int number, long since) {}
