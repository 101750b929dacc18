package dev.baton.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times the bare models on the texts of a collection, in a process of its own that has the plugin's
 * jars on its class path. Prints {@code {"texts":600,"seconds":12.3}}; loading and a few texts to
 * warm up are not counted. Arguments: the collection's folder, and how many callers.
 */
final class RawModelBench {

  private static final int WARM_UP = 16;

  private RawModelBench() {}

  /** Prints the result as one JSON object. */
  public static void main(String[] arguments) throws Exception {
    List<String> texts = texts(new BeirCollection(Path.of(arguments[0])));
    int callers = Integer.parseInt(arguments[1]);
    try (RawModels models = new RawModels()) {
      run(models, texts.subList(0, Math.min(WARM_UP, texts.size())), callers);
      double seconds = run(models, texts, callers);
      System.out.println(
          new ObjectMapper().writeValueAsString(Map.of("texts", texts.size(), "seconds", seconds)));
    }
  }

  /** Title and body with a newline between, as the enrichment hands them to the models. */
  private static List<String> texts(BeirCollection source) throws IOException {
    List<String> texts = new ArrayList<>();
    try (JsonLine.Reader lines = JsonLine.read(source.corpus())) {
      for (JsonLine line : lines) {
        texts.add(
            line.optional("title").map(title -> title + "\n").orElse("") + line.required("text"));
      }
    }
    return texts;
  }

  private static double run(RawModels models, List<String> texts, int callers)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    try {
      long started = System.nanoTime();
      List<Future<?>> reading = new ArrayList<>();
      for (String text : texts) {
        reading.add(
            pool.submit(() -> {
              models.read(text);
              return null;
            }));
      }
      for (Future<?> each : reading) {
        each.get();
      }
      return (System.nanoTime() - started) / 1e9;
    } finally {
      pool.shutdownNow();
    }
  }
}
