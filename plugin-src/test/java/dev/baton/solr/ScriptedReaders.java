package dev.baton.solr;

import dev.baton.extraction.Passage;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TextReader;
import dev.baton.extraction.TextReaderFactory;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.OverloadException;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import dev.baton.text.TypedValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.solr.common.util.SolrNamedThreadFactory;

/**
 * Stands in for the models: vectors by hash; capitalised words are persons, those on -Corp
 * organisations, titles in 《》 works, what follows date= is a date; a text with EXPLODE fails, one
 * with FLAKY as long as the model is broken, one with OVERLOAD is refused, one with HANG is never
 * read once the model works; a long one has passages. Not a model of anything: what it shows is
 * what the enrichment does with a reading. What stands behind a + in the name of a model counts as
 * its head: its vectors are those of the name without it.
 */
final class ScriptedReaders implements TextReaderFactory {

  /** The texts that were read, in all tests of this JVM. */
  static final ConcurrentLinkedQueue<String> READ = new ConcurrentLinkedQueue<>();

  /** The models that read them, in the same order. */
  static final ConcurrentLinkedQueue<String> READ_BY = new ConcurrentLinkedQueue<>();

  /** Done once, when the next text comes. */
  static final AtomicReference<Runnable> ON_NEXT_READ = new AtomicReference<>(() -> {});

  /** Whether texts with FLAKY fail. */
  static final AtomicBoolean BROKEN = new AtomicBoolean();

  /** Readers that are open now. */
  static final AtomicInteger OPEN = new AtomicInteger();

  /** What is longer, in UTF-16 units, has passages of this length. */
  static final int WINDOW = 1_000;

  /** That neighbouring passages share. */
  static final int OVERLAP = 100;

  private static final Pattern NAME = Pattern.compile("[A-Z][a-z]+|鲁迅|北京|《[^》]{1,50}》");

  private static final Pattern DATE = Pattern.compile("date=(\\[[^]]*]|[-0-9]+)");

  @Override
  public Set<String> settingNames() {
    return Set.of("model.zh", "model.en", "dimension.zh", "dimension.en");
  }

  @Override
  public void check(Language language, Map<String, String> settings) {}

  @Override
  public TextReader open(Language language, Map<String, String> settings) {
    String model = settings.getOrDefault("model." + language.code(), "scripted-" + language.code());
    if (model.equals("missing")) {
      throw new ModelException("model." + language.code() + " 'missing' is not there");
    }
    int dimension =
        Integer.parseInt(
            settings.getOrDefault(
                "dimension." + language.code(), language == Language.ZH ? "512" : "384"));
    OPEN.incrementAndGet();
    return new Scripted(model, dimension);
  }

  private static final class Scripted implements TextReader {
    private final String model;
    private final int dimension;
    private final ExecutorService executor =
        Executors.newFixedThreadPool(2, new SolrNamedThreadFactory("scripted"));

    Scripted(String model, int dimension) {
      this.model = model;
      this.dimension = dimension;
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public String model() {
      return model;
    }

    @Override
    public String identity() {
      return model;
    }

    @Override
    public String space() {
      return model.replaceFirst("\\+.*", "");
    }

    @Override
    public CompletableFuture<Reading> read(String text) {
      READ.add(text);
      READ_BY.add(model);
      ON_NEXT_READ.getAndSet(() -> {}).run();
      if (text.contains("OVERLOAD")) {
        throw new OverloadException("the queue is full");
      }
      if (text.contains("HANG") && !BROKEN.get()) {
        return new CompletableFuture<>();
      }
      return CompletableFuture.supplyAsync(() -> reading(text), executor);
    }

    private Reading reading(String text) {
      if (text.contains("EXPLODE") || (text.contains("FLAKY") && BROKEN.get())) {
        throw new ModelException("model '" + model + "' failed");
      }
      List<Mention> mentions = new ArrayList<>();
      Matcher names = NAME.matcher(text);
      while (names.find()) {
        String surface = names.group();
        String type =
            surface.startsWith("《")
                ? "WORK"
                : surface.equals("北京") ? "LOC" : surface.endsWith("corp") ? "ORG" : "PER";
        mentions.add(new Mention(type, new Span(names.start(), names.end()), surface, 0.9));
      }
      Matcher dates = DATE.matcher(text);
      while (dates.find()) {
        mentions.add(
            new Mention(
                "DATE",
                new Span(dates.start(), dates.end()),
                dates.group(),
                0.9,
                Optional.of(new TypedValue(dates.group(1), ""))));
      }
      mentions.sort(Comparator.comparingInt(mention -> mention.span().start()));
      return new Reading(embedQuery(text), mentions, text.length(), 0, passages(text));
    }

    private List<Passage> passages(String text) {
      List<Passage> passages = new ArrayList<>();
      for (int from = 0; text.length() > WINDOW && from < text.length(); from += WINDOW - OVERLAP) {
        Span span = new Span(from, Math.min(text.length(), from + WINDOW));
        passages.add(new Passage(span, embedQuery(span.of(text))));
      }
      return passages;
    }

    @Override
    public float[] embedQuery(String query) {
      Random random = new Random(31L * space().hashCode() + query.hashCode());
      float[] vector = new float[dimension];
      double norm = 0;
      for (int i = 0; i < dimension; i++) {
        vector[i] = random.nextFloat() - 0.5f;
        norm += vector[i] * vector[i];
      }
      for (int i = 0; i < dimension; i++) {
        vector[i] /= (float) Math.sqrt(norm);
      }
      return vector;
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
      executor.shutdownNow();
    }
  }
}
