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
  ISOLATED("node cut off from all"),
  REPLACED_BEHIND_A_CUT("leader cut off and replaced"),
  GRANT_LOST("node wiped that may just have granted"),
  FOLLOWER_RESTARTED("follower crashed"),
  LEADER_CRASHED("leader with a disk crashed"),
  ALL_CRASHED("all nodes crashed at once"),
  RESTARTED_WITH_DISK("node came back with what its disk had kept"),
  RECOVERED_FROM_COPY("node came back from a copy of its state and what followed"),
  UNSETTLED_LOST("what was not settled was lost at a crash"),
  TORN("of what was not settled, the beginning survived a crash"),
  FORCE_FAILED("force failed and ended the process"),
  DISK_FULL("disk full"),
  WIPED("node lost its data"),
  ROTTEN("node found its disk corrupt and was emptied"),
  LEADER_RESTARTED("leader crashed and came back empty"),
  REFUSED_TO_LEAD("restarted leader refused to lead, naming who holds data"),
  NEW_LEADERSHIP("a later leadership began"),
  UNCLEAN_LEADERSHIP("leadership that may have lost writes, flagged as such"),
  LEADERSHIP_SERVED("leadership began to serve"),
  GRANTED("epoch granted"),
  GRANT_LEASED("grant put off for a lease"),
  STATE_PULLED("part of a node's state taken over"),
  PROMOTED("node promoted"),
  PROMOTION_REFUSED("promotion refused"),
  PROMOTION_TIMED_OUT("promotion not done in time"),
  TWO_PROMOTIONS("two promotions at once"),
  SWITCHED_OVER("leadership handed over"),
  SWITCHOVER_REFUSED("leadership not handed over"),
  WRITE_HELD("write waited for the leadership to be settled"),
  MOVED("write that waited was sent to the new leader"),
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
  SNAPSHOT_RESUMED("snapshot went on where it had stopped"),
  SNAPSHOT_WHOLE("whole snapshot completed"),
  SNAPSHOT_DIFFERENCE("snapshot of a difference completed"),
  SNAPSHOT_RESTARTED("snapshot began again for the backlog had lost it"),
  TOMBSTONE_COLLECTED("tombstone collected by a follower"),
  TOMBSTONE_DROPPED_EARLY("tombstone dropped before all followers had passed it"),
  WINDOW_FULL("window full"),
  REFUSED_NOT_LEADING("write refused: not leading"),
  REFUSED_IMPOSSIBLE_QUORUM("write refused: impossible quorum"),
  REFUSED_TOO_FEW_CONNECTED("write refused: too few connected"),
  REFUSED_TOO_MANY_WAITING("write refused: too many waiting"),
  REFUSED_STORE_FULL("write refused: the store is full"),
  REFUSED_DISK_FULL("write refused: the disk is full"),
  READ_WITHOUT_LEASE("confirmed read refused: no lease"),
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
