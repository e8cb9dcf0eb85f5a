package io.quorate.it;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.concurrent.atomic.AtomicInteger;

/** A volume of the engine, which outlives the containers of one node. */
final class EngineVolume {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Where the image lets a node write. */
  static final String PLACE = "/var/lib/quorate";

  private final String name;

  private EngineVolume(String name) {
    this.name = name;
  }

  static EngineVolume make() {
    EngineVolume volume =
        new EngineVolume("quorate-it-" + Engine.RUN + "-" + NUMBER.incrementAndGet());
    volume.create();
    return volume;
  }

  private void create() {
    Engine.make(
        () -> Engine.client().createVolumeCmd().withName(name).withLabels(Engine.LABELS).exec());
  }

  String name() {
    return name;
  }

  /** Makes it anew, with nothing on it. No container may have it. */
  void wipe() {
    Engine.client().removeVolumeCmd(name).exec();
    create();
  }

  /** After the last container with it is gone. */
  void remove() {
    remove(name);
  }

  static void remove(String name) {
    try {
      Engine.client().removeVolumeCmd(name).exec();
    } catch (NotFoundException | ConflictException goneOrStillUsed) {
      // the first is what was wanted; the second is found by whoever looks for what was left
    }
  }
}
