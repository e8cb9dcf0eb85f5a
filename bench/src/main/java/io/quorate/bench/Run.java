package io.quorate.bench;

import java.util.List;
import java.util.Map;

/**
 * One run of the bench, for its reports.
 *
 * @param command as it was typed
 * @param date when it began, ISO 8601
 * @param rounds how often those compared took turns
 * @param turnSeconds how long each turn took
 * @param tools what each tool says of its version, by its command
 * @param results in the order of the table
 */
record Run(
    String command,
    String date,
    int rounds,
    long turnSeconds,
    Machine machine,
    Map<String, String> tools,
    List<Result> results) {}
