package dev.baton.extraction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.baton.extraction.values.ValueFinder;
import dev.baton.onnx.LoadedModel;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ModelStatistics;
import dev.baton.onnx.OverloadException;
import dev.baton.onnx.Priority;
import dev.baton.onnx.QueueLimit;
import dev.baton.onnx.Tokens;
import dev.baton.onnx.Window;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.MentionMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads texts with an encoder that also carries a head for names, or with an encoder and a second
 * model for names. Made by {@link TextReaders}. Thread-safe.
 */
public final class ModelTextReader implements TextReader {

  /** Counted up when the same model would give another reading. */
  private static final String VERSION = "reader-3";

  /** For some ten thousand questions; a number of a vector counts as two characters. */
  private static final long CACHED_CHARS = 12_000_000;

  private final ReaderSettings settings;
  private final ModelRegistry.Lease encoderLease;
  private final Optional<ModelRegistry.Lease> taggerLease;
  private final LoadedModel encoder;
  private final WindowedModel encoderWindows;
  private final Optional<WindowedModel> taggerWindows;
  private final Optional<MentionFinder> names;
  private final Cache<String, float[]> queries =
      Caffeine.newBuilder()
          .maximumWeight(CACHED_CHARS)
          .weigher((String query, float[] vector) -> query.length() + 2 * vector.length)
          .build();

  /**
   * A reader over leased models; owns the leases.
   *
   * @param encoder makes hidden states, and logits if it carries a head
   * @param tagger makes logits; empty where the encoder does, or nothing shall
   */
  ModelTextReader(
      ReaderSettings settings, ModelRegistry.Lease encoder, Optional<ModelRegistry.Lease> tagger) {
    this.settings = settings;
    this.encoderLease = encoder;
    this.taggerLease = tagger;
    this.encoder = encoder.model();
    this.encoderWindows = new WindowedModel(encoder.model(), settings);
    this.taggerWindows = tagger.map(lease -> new WindowedModel(lease.model(), settings));
    List<String> labels = tagger.orElse(encoder).model().labels();
    this.names = labels.isEmpty() ? Optional.empty() : Optional.of(new MentionFinder(labels));
  }

  @Override
  public int dimension() {
    return encoder.hiddenWidth();
  }

  @Override
  public String model() {
    return settings.model();
  }

  @Override
  public String identity() {
    return String.join(
        "|",
        VERSION,
        encoder.content(),
        taggerLease.map(lease -> lease.model().content()).orElse(""),
        settings.language().code(),
        settings.pooling().name(),
        settings.queryPrefix(),
        settings.maxTokens() + "/" + settings.windowTokens() + "/" + settings.overlapTokens());
  }

  @Override
  public String space() {
    return encoder.encoderContent() + "|" + settings.pooling().name();
  }

  /**
   * What the models of this reader have done, for all their users: the encoder, then the tagger.
   */
  public List<ModelStatistics> statistics() {
    List<ModelStatistics> statistics = new ArrayList<>(List.of(encoderLease.statistics()));
    taggerLease.ifPresent(lease -> statistics.add(lease.statistics()));
    return statistics;
  }

  @Override
  public CompletableFuture<Reading> read(String text) {
    CompletableFuture<WindowedModel.Output> encoded = encoderWindows.read(text);
    CompletableFuture<WindowedModel.Output> tagged = encoded;
    if (taggerWindows.isPresent()) {
      try {
        tagged = taggerWindows.get().read(text);
      } catch (RuntimeException e) {
        encoded.cancel(false);
        throw e;
      }
    }
    CompletableFuture<WindowedModel.Output> tags = tagged;
    CompletableFuture<Reading> reading =
        encoded.thenCombine(tags, (output, tagging) -> reading(text, output, tagging));
    reading.whenComplete((done, fault) -> {
      if (fault != null) {
        encoded.cancel(false);
        tags.cancel(false);
      }
    });
    return reading;
  }

  private Reading reading(String text, WindowedModel.Output encoded, WindowedModel.Output tagged) {
    Tokens tokens = encoded.tokens();
    List<Mention> found =
        names.map(finder -> finder.find(text, tagged.tokens(), tagged.logits())).orElse(List.of());
    List<Mention> quoted =
        settings.language() == Language.EN
            ? MentionMerge.withoutCovered(TitleFinder.quoted(text), found)
            : List.of();
    List<Mention> titles = MentionMerge.prefer(TitleFinder.bracketed(text), quoted);
    List<Mention> named = MentionMerge.prefer(titles, found);
    List<Mention> values = ValueFinder.find(text, settings.language());
    return new Reading(
        encoded.vector(),
        MentionMerge.prefer(named, values),
        tokens.size(),
        tokens.unreadChars(),
        encoded.passages());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for a query without any token
   */
  @Override
  public float[] embedQuery(String query) {
    float[] cached = queries.getIfPresent(query);
    if (cached == null) {
      cached = embed(query);
      queries.put(query, cached);
    }
    return cached.clone();
  }

  /** How long the questions are that are kept with their vectors. */
  long cachedChars() {
    queries.cleanUp();
    return queries.asMap().keySet().stream().mapToLong(String::length).sum();
  }

  private float[] embed(String query) {
    if (encoder.encode(query, 1).size() == 0) {
      throw new IllegalArgumentException("a query needs at least one word to have a vector");
    }
    Tokens tokens = encoder.encode(settings.queryPrefix() + query, settings.windowTokens());
    Window window = encoder.tokenizer().window(tokens, 0, tokens.size());
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.queryWaitMillis());
    QueueLimit limit =
        new QueueLimit(settings.queueWindows(), Long.MAX_VALUE, settings.queryWaitMillis());
    CompletableFuture<float[]> vector =
        encoder.submit(
            window,
            Priority.QUERY,
            limit,
            output -> WindowedModel.vector(output, settings.pooling()));
    try {
      return vector.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ModelException fault
          ? fault
          : new ModelException("the query could not be embedded", e.getCause());
    } catch (TimeoutException e) {
      vector.cancel(false);
      throw new OverloadException(
          "no vector for the query within " + settings.queryWaitMillis() + " ms");
    } catch (InterruptedException e) {
      vector.cancel(false);
      Thread.currentThread().interrupt();
      throw new OverloadException("interrupted while the query waited for its vector");
    }
  }

  @Override
  public void close() {
    encoderLease.close();
    taggerLease.ifPresent(ModelRegistry.Lease::close);
  }
}
