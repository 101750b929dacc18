package dev.baton.tool;

import dev.baton.config.SettingsReader;
import dev.baton.extraction.ReaderSettings;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TextReader;
import dev.baton.extraction.TextReaders;
import dev.baton.onnx.ModelException;
import dev.baton.text.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tokens a second of reading with and without names: the whole reader (tokenizer, model, vector,
 * mentions) once with the head of the language and once with none. The two take turns every few
 * texts, so that whatever else the machine does hits both.
 */
@Command(
    name = "reading",
    mixinStandardHelpOptions = true,
    description = "Tokens a second of reading, with names against the embedding alone.")
public final class ReadingBench implements Callable<Integer> {

  /** Texts that a reader gets at its turn. */
  private static final int TURN = 8;

  private static final int WARM_UP_TURNS = 4;

  /** What a reader has done. */
  private static final class Count {
    private long nanos;
    private long tokens;

    double perSecond() {
      return tokens * 1e9 / nanos;
    }
  }

  @Option(names = "--turns", defaultValue = "40", description = "of each reader; default 40")
  private int turns;

  @Option(names = "--collection", description = "whose texts; default the library")
  private Path folder;

  @Option(names = "--head", description = "of --language, in place of the shipped one")
  private String head = ReaderSettings.DEFAULT_HEAD;

  @Option(names = "--language", description = "zh or en; default both")
  private String language;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    Set<Class<?>> expected =
        Set.of(CollectionFormatException.class, IOException.class, ModelException.class);
    System.exit(Main.execute(new ReadingBench(), expected, arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path source =
        folder == null
            ? Path.of(System.getProperty("baton.root", ".")).resolve("test-collections/library")
            : folder;
    System.out.printf(
        Locale.ROOT,
        "%-8s %14s %14s %10s%n",
        "language",
        "embedding t/s",
        "with names t/s",
        "slower by");
    for (Language each : Language.values()) {
      if (language == null || each == Language.of(language)) {
        measure(each, texts(new BeirCollection(source), each));
      }
    }
    return 0;
  }

  private void measure(Language of, List<String> texts) {
    Count plain = new Count();
    Count named = new Count();
    try (TextReader without = open(of, ReaderSettings.NO_HEAD);
        TextReader with = open(of, head)) {
      for (int turn = -WARM_UP_TURNS; turn < turns; turn++) {
        List<String> part = new ArrayList<>();
        for (int i = 0; i < TURN; i++) {
          part.add(texts.get(Math.floorMod(turn * TURN + i, texts.size())));
        }
        boolean counts = turn >= 0;
        boolean plainFirst = turn % 2 == 0;
        read(plainFirst ? without : with, part, counts ? (plainFirst ? plain : named) : null);
        read(plainFirst ? with : without, part, counts ? (plainFirst ? named : plain) : null);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-8s %14.0f %14.0f %9.1f%%%n",
        of.code(),
        plain.perSecond(),
        named.perSecond(),
        100 * (1 - named.perSecond() / plain.perSecond()));
  }

  private static TextReader open(Language of, String head) {
    SettingsReader reader = new SettingsReader("", Map.of("head", head));
    return TextReaders.open(ReaderSettings.parse(of, reader));
  }

  private static void read(TextReader reader, List<String> texts, Count count) {
    long start = System.nanoTime();
    List<CompletableFuture<Reading>> readings = texts.stream().map(reader::read).toList();
    long tokens = readings.stream().mapToLong(reading -> reading.join().tokens()).sum();
    if (count != null) {
      count.nanos += System.nanoTime() - start;
      count.tokens += tokens;
    }
  }

  /** The texts of a language, short ones joined to about 250 tokens. */
  private static List<String> texts(BeirCollection source, Language of) throws IOException {
    int enough = of == Language.ZH ? 250 : 1_000;
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    try (JsonLine.Reader lines = JsonLine.read(source.corpus())) {
      for (JsonLine line : lines) {
        String next = line.required("text");
        if (Language.detect(next) == of) {
          text.append(text.length() == 0 ? "" : "\n").append(next);
          if (text.length() >= enough) {
            texts.add(text.toString());
            text.setLength(0);
          }
        }
      }
    }
    if (texts.isEmpty()) {
      throw new CollectionFormatException(
          source.corpus() + " has too little text in the language " + of.code());
    }
    return texts;
  }
}
