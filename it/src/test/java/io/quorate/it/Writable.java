package io.quorate.it;

import java.time.Duration;

/** What writes are sent to. */
interface Writable {

  Written put(String key, String value, String query);

  Written delete(String key, String query);

  /** Who is asked at present. */
  String url();

  /** The same, for whom a node that has not answered for so long does not answer. */
  Writable within(Duration limit);
}
