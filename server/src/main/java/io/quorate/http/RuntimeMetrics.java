package io.quorate.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.quorate.http.Families.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics of the process: the library's own of Java, memory above all, and what Netty has
 * taken. Not those of threads, for which every thread would have to stop.
 */
final class RuntimeMetrics {

  private static final PrometheusRegistry JAVA = java();

  private RuntimeMetrics() {}

  private static PrometheusRegistry java() {
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMemoryMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    ProcessMetrics.builder().register(registry);
    return registry;
  }

  static List<MetricSnapshot> now() {
    List<MetricSnapshot> all = new ArrayList<>(JAVA.scrape().stream().toList());
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
      ByteBufAllocatorMetric netty = provider.metric();
      Families families = new Families();
      families.gauge(
          "quorate_netty_memory_bytes",
          "What Netty's allocator has taken, used or kept to be used again.",
          List.of(
              Sample.of(netty.usedHeapMemory(), "area", "heap"),
              Sample.of(netty.usedDirectMemory(), "area", "direct")));
      all.addAll(families.all());
    }
    return all;
  }
}
