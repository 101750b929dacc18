package dev.baton.tool;

import dev.baton.tool.curated.BrokenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry of all commands. Exit code 0 if what was asked for is done, 1 if not (the message says
 * why), 2 if the options are wrong.
 */
@Command(
    name = "baton",
    description = "The commands behind the scripts.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchCommand.class,
      DemoCommand.class,
      EvaluateCommand.class,
      EvaluateLinkingCommand.class,
      IndexCommand.class,
      InstallCommand.class
    })
public final class Main {

  /** Failures whose message is for the user; any other is a fault of ours and shows its origin. */
  static final Set<Class<?>> EXPECTED =
      Set.of(
          BrokenException.class,
          CollectionFormatException.class,
          IOException.class,
          UncheckedIOException.class,
          SolrException.class,
          SolrServerException.class);

  private Main() {}

  /** Ends the process with the verdict. */
  public static void main(String[] arguments) {
    System.exit(execute(new Main(), EXPECTED, arguments));
  }

  /**
   * Runs a command.
   *
   * @param expected failures whose message is for the user
   * @return the verdict
   */
  static int execute(Object command, Set<Class<?>> expected, String... arguments) {
    CommandLine commands = new CommandLine(command);
    commands.setExecutionExceptionHandler((failure, failed, parsed) -> {
      if (expected.stream().noneMatch(type -> type.isInstance(failure))) {
        throw failure;
      }
      System.err.println(failed.getCommandName() + ": " + message(failure));
      return 1;
    });
    return commands.execute(arguments);
  }

  private static String message(Throwable failure) {
    Throwable root = failure;
    while (root.getMessage() == null && root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
