package io.quorate.core;

import java.util.function.Consumer;

/** An operator's word that this node is to lead, until it is answered. */
record Promotion(long deadlineNanos, Consumer<PromotionOutcome> answer) {}
