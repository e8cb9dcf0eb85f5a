package io.quorate.core;

import java.util.ArrayList;
import java.util.List;

/**
 * How a leader comes to lead: the nodes have granted it ({@link Candidacy}), or, without disks,
 * once enough followers have answered and all that answered are empty, with an epoch above all that
 * they report. Else it does not lead, and says what stands in its way.
 */
final class Election {

  private final List<FollowerProgress> followers;
  private final long leadershipId;
  private final int needed;
  private Leadership leadership = Leadership.NONE;

  /** Won: the nodes have granted this leadership. */
  Election(Leadership granted) {
    this(List.of(), granted.id(), 0);
    leadership = granted;
  }

  /** Has still to ask the followers. */
  Election(List<FollowerProgress> followers, long leadershipId, int startQuorum) {
    this.followers = followers;
    this.leadershipId = leadershipId;
    this.needed = followers.isEmpty() ? 0 : Math.max(1, startQuorum);
  }

  Leadership leadership() {
    return leadership;
  }

  boolean isWon() {
    return leadership.epoch() > 0;
  }

  /** Takes the leadership if nothing stands in its way; whether it did. */
  boolean tryWin() {
    if (answered() < needed || !holders().isEmpty()) {
      return false;
    }
    long highest = 0;
    for (FollowerProgress follower : followers) {
      if (follower.standing != null) {
        highest = Math.max(highest, follower.standing.granted().epoch());
        follower.standing = null;
      }
    }
    leadership = new Leadership(highest + 1, leadershipId);
    return true;
  }

  /** Why it does not lead. */
  String obstacle() {
    String holders = holders();
    if (!holders.isEmpty()) {
      return "followers hold mutations that this leader does not have: " + holders;
    }
    return answered() + " followers have answered, and " + needed + " must before this node leads";
  }

  private int answered() {
    int answered = 0;
    for (FollowerProgress follower : followers) {
      answered += follower.standing == null ? 0 : 1;
    }
    return answered;
  }

  private String holders() {
    List<String> holders = new ArrayList<>();
    for (FollowerProgress follower : followers) {
      if (follower.standing != null && !follower.standing.isEmpty()) {
        holders.add(follower.name + " " + follower.standing.holds());
      }
    }
    return String.join(", ", holders);
  }
}
