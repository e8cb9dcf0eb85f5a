package io.quorate.it;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes the image of a node before the first class that has containers of it, so that no test's
 * limit has to cover that.
 */
final class ImageNeeded implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    if (Kind.ofThisRun() == Kind.CONTAINERS && Engine.absence().isEmpty()) {
      NodeImage.name();
    }
  }
}
