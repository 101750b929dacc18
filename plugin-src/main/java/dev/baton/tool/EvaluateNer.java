package dev.baton.tool;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.baton.config.SettingsException;
import dev.baton.config.SettingsReader;
import dev.baton.extraction.ModelTextReader;
import dev.baton.extraction.ReaderSettings;
import dev.baton.extraction.TextReaders;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.OverloadException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how well a reader finds the names of an annotated file. */
@Command(
    name = "evaluate-ner",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures how well the names of an annotated file are found.")
public final class EvaluateNer implements Callable<Integer> {

  private static final Set<Class<?>> EXPECTED =
      Set.of(
          IOException.class,
          ModelException.class,
          OverloadException.class,
          SettingsException.class);

  @Option(
      names = "--model",
      defaultValue = ReaderSettings.DEFAULT_HEAD,
      description =
          "what finds names: default, or a folder with a head or a whole token classification")
  private String model;

  @Option(
      names = "--encoder",
      description = "what a head is appended to; default: what it was trained on")
  private String encoder;

  @Mixin private NerDataOptions data;

  @Option(names = "--data", required = true, description = "annotated sentences: IOB2 or CoNLL")
  private Path file;

  @Option(names = "--json", description = "one object on standard output, and nothing else there")
  private boolean json;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(new EvaluateNer(), EXPECTED, arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<NerSentence> sentences = data.read(file);
    PrintStream out = System.out;
    System.setOut(System.err);
    SpanScore score;
    try (ModelTextReader reader = TextReaders.open(settings());
        Progress progress =
            new Progress("Reading " + file.getFileName(), "sentences", sentences.size())) {
      score = new NerEvaluation(reader, data.labels()).score(sentences, progress);
    } finally {
      System.setOut(out);
    }
    if (json) {
      out.println(json(score));
    } else {
      table(score, out);
    }
    return 0;
  }

  private ReaderSettings settings() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("head", model);
    Optional.ofNullable(encoder)
        .or(() -> baseModel(Path.of(model)))
        .ifPresent(value -> values.put("model", value));
    SettingsReader reader = new SettingsReader("", values);
    ReaderSettings settings = ReaderSettings.parse(data.language(), reader);
    reader.finish();
    return settings;
  }

  /** What the head in a folder was trained on, as {@link TrainNer} writes it down. */
  private static Optional<String> baseModel(Path folder) {
    Path config = folder.resolve("config.json");
    if (!Files.exists(folder.resolve("head.onnx")) || !Files.exists(config)) {
      return Optional.empty();
    }
    try {
      JsonElement found = JsonParser.parseString(Files.readString(config));
      return Optional.of(found)
          .filter(JsonElement::isJsonObject)
          .map(object -> object.getAsJsonObject().get("base_model"))
          .filter(JsonElement::isJsonPrimitive)
          .map(JsonElement::getAsString);
    } catch (IOException | JsonParseException e) {
      throw new ModelException(config + " cannot be read", e);
    }
  }

  /** The scores as one object: {@code micro}, and {@code types} by name. */
  static String json(SpanScore score) {
    Map<String, Object> types = new LinkedHashMap<>();
    score.types().forEach((type, quality) -> types.put(type, numbers(quality)));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("micro", numbers(score.all()));
    object.put("types", types);
    return new Gson().toJson(object);
  }

  private static Map<String, Double> numbers(SpanScore.Quality quality) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("precision", rounded(quality.precision()));
    numbers.put("recall", rounded(quality.recall()));
    numbers.put("f1", rounded(quality.f1()));
    return numbers;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  private static void table(SpanScore score, PrintStream out) {
    out.printf("%-16s %9s %9s %9s %7s%n", "type", "precision", "recall", "F1", "names");
    row("micro", score.all(), out);
    score.types().forEach((type, quality) -> row(type, quality, out));
  }

  private static void row(String name, SpanScore.Quality quality, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-16s %9.4f %9.4f %9.4f %7d%n",
        name,
        quality.precision(),
        quality.recall(),
        quality.f1(),
        quality.names());
  }
}
