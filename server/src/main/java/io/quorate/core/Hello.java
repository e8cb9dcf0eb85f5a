package io.quorate.core;

/**
 * From the leader: who leads, and how far it is. Asks a follower who it is and how far it has come;
 * also the heartbeat.
 *
 * @param leadership {@link Leadership#NONE} while the leader only asks around and leads nobody yet
 * @param lastVersion newest version given
 * @param confirmedVersion all through it confirmed
 * @param tombstoneFloor tombstones at or below it may go
 */
public record Hello(
    Leadership leadership, long lastVersion, long confirmedVersion, long tombstoneFloor) {}
