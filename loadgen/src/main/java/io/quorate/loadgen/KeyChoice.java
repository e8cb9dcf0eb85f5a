package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import org.jspecify.annotations.Nullable;

/**
 * How often each key is asked for.
 *
 * <p>Zipfian keys are drawn as YCSB's {@code ZipfianGenerator} draws them, by the formula of Gray
 * et al., "Quickly generating billion-record synthetic databases" (SIGMOD 1994), not scrambled: key
 * 0 is the most popular, key 1 the next. The probability of key {@code k} is in proportion to
 * {@code 1 / (k + 1)^theta}: exactly for the first two; of the rest the formula draws the popular
 * ones somewhat too often: the first few together by less than 1.75 % of all draws.
 */
final class KeyChoice {
  /** What YCSB takes where nothing is said. */
  static final double DEFAULT_THETA = 0.99;

  private final int keys;
  private final @Nullable Double theta;

  /** Sum over all keys of {@code 1 / (k + 1)^theta}; the weight of key 0 is 1 of it. */
  private final double zeta;

  private final double alpha;
  private final double eta;

  /** The weight of the first two keys together, of {@link #zeta}. */
  private final double firstTwo;

  private KeyChoice(int keys, @Nullable Double theta) {
    this.keys = keys;
    this.theta = theta;
    double skew = theta == null ? 0 : theta;
    zeta = theta == null ? keys : zeta(keys, skew);
    firstTwo = 1 + Math.pow(0.5, skew);
    alpha = 1 / (1 - skew);
    eta = (1 - Math.pow(2.0 / keys, 1 - skew)) / (1 - firstTwo / zeta);
  }

  static KeyChoice uniform(int keys) {
    return new KeyChoice(keys, null);
  }

  /**
   * @param theta the skew, above 0 and below 1
   */
  static KeyChoice zipfian(int keys, double theta) {
    return new KeyChoice(keys, theta);
  }

  private static double zeta(int keys, double theta) {
    double sum = 0;
    for (int key = 1; key <= keys; key++) {
      sum += Math.pow(key, -theta);
    }
    return sum;
  }

  int keys() {
    return keys;
  }

  /** The skew; null where every key is asked for as often. */
  @Nullable Double theta() {
    return theta;
  }

  Sweep.KeyDistribution distribution() {
    return theta == null ? Sweep.KeyDistribution.UNIFORM : Sweep.KeyDistribution.ZIPFIAN;
  }

  /** The key, 0 to {@code keys - 1}, for {@code uniform}, drawn from [0, 1). */
  int key(double uniform) {
    if (theta == null) {
      return (int) (uniform * keys);
    }
    double weight = uniform * zeta;
    if (weight < 1 || keys == 1) {
      return 0;
    }
    if (weight < firstTwo) {
      return 1;
    }
    int key = (int) (keys * Math.pow(eta * uniform - eta + 1, alpha));
    return Math.min(key, keys - 1);
  }
}
