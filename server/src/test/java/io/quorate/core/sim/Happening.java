package io.quorate.core.sim;

/** What a run must have met with, each observed from outside the core. */
enum Happening {
  DROPPED("message dropped"),
  DUPLICATED("message duplicated"),
  REORDERED("message overtook another"),
  ONE_WAY_CUT("link cut one way"),
  TWO_WAY_CUT("link cut both ways"),
  FOLLOWER_PAUSED("follower paused"),
  LEADER_PAUSED("leader paused"),
  FOLLOWER_RESTARTED("follower crashed and came back empty"),
  LEADER_RESTARTED("leader crashed and came back empty"),
  REFUSED_TO_LEAD("restarted leader refused to lead, naming who holds data"),
  NEW_LEADERSHIP("leadership began after the operator's restarts"),
  LATE_ANSWER("answer of an earlier session delivered"),
  LATE_ANSWER_OF_LEFT_LIFE("answer of a life that was left delivered"),
  OTHER_LIFE_MET("request reached another life than it was meant for"),
  RESET_BY_NEW_LIFE("acknowledgements reset by a new incarnation"),
  SKIPPED_OLDER("older write skipped by a follower"),
  CONFIRMED_OUT_OF_ORDER("write confirmed before an older one"),
  CONFIRMED_LATER("write answered unconfirmed and confirmed later"),
  UNCONFIRMED("write answered unconfirmed"),
  UNKNOWN("write answered unknown"),
  SNAPSHOT_UNDER_WRITES("snapshot completed while writes went on"),
  SNAPSHOT_RESTARTED("snapshot began again for the backlog had lost it"),
  TOMBSTONE_COLLECTED("tombstone collected by a follower"),
  TOMBSTONE_DROPPED_EARLY("tombstone dropped before all followers had passed it"),
  WINDOW_FULL("window full"),
  REFUSED_NOT_LEADING("write refused: not leading"),
  REFUSED_IMPOSSIBLE_QUORUM("write refused: impossible quorum"),
  REFUSED_TOO_FEW_CONNECTED("write refused: too few connected"),
  REFUSED_TOO_MANY_WAITING("write refused: too many waiting"),
  REFUSED_STORE_FULL("write refused: the store is full"),
  CONFIRMED_READ("confirmed read"),
  LOCAL_READ("local read of a level follower"),
  LOCAL_READ_REFUSED("local read of a follower that is not level");

  private final String text;

  Happening(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
