package dev.baton.tool;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The measurements; a name that there is not lists those that there are. {@link ReadingBench} and
 * {@link GraphBench} run by themselves, as they need what the plugin zip holds.
 */
@Command(
    name = "bench",
    description = "Measures Baton on this machine.",
    subcommands = {IngestBench.class, LongDocumentBench.class, QueryBench.class})
final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which? There is: " + String.join(", ", spec.subcommands().keySet()) + ", reading, graph");
  }
}
