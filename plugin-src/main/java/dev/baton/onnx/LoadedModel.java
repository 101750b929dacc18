package dev.baton.onnx;

import com.codahale.metrics.ExponentiallyDecayingReservoir;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model that is loaded on a device and shared by its users. Thread-safe. */
public final class LoadedModel {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final String name;
  private final ModelIdentity identity;
  private final Device device;
  private final ModelConfig config;
  private final Tokenizer tokenizer;
  private final Session session;
  private final Dispatcher dispatcher;
  private final ReadWriteLock loaded = new ReentrantReadWriteLock();
  private final LongAdder calls = new LongAdder();
  private final LongAdder windows = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder paddingTokens = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder tokenizerNanos = new LongAdder();
  private final LongAdder modelNanos = new LongAdder();

  /** A sample of about a thousand calls, most of them of the last five minutes. */
  private final Reservoir callNanos = new ExponentiallyDecayingReservoir();

  private final long loadMillis;
  private final long fileBytes;
  private final OptionalLong residentBytes;
  private final boolean encoderIsChanged;
  private boolean closed;

  /**
   * Loads a model.
   *
   * @param identity of files and device
   * @param head files of a head to append; empty for none
   * @throws ModelException if files, graph, head and labels do not fit each other
   */
  LoadedModel(
      ModelFiles files,
      Optional<ModelFiles> head,
      ModelIdentity identity,
      Device device,
      Dispatcher dispatcher) {
    long start = System.nanoTime();
    OptionalLong before = ResidentMemory.bytes();
    this.name = files.name();
    this.identity = identity;
    this.device = device;
    this.dispatcher = dispatcher;
    this.config = head.orElse(files).config();
    OnnxGraph graph = OnnxGraph.parse(name, files.graph());
    Optional<OnnxGraph> appended = head.map(h -> OnnxGraph.parse(h.name(), h.graph()));
    byte[] bytes = appended.map(h -> GraphWithHead.join(graph, h)).orElse(files.graph());
    encoderIsChanged = appended.filter(EncoderChanges::in).isPresent();
    tokenizer = new Tokenizer(name, files.tokenizer());
    try {
      session = new Session(name, bytes, files.folder(), device);
    } catch (ModelException e) {
      tokenizer.close();
      throw e;
    }
    int logits = Math.max(session.logitsWidth(), session.classes());
    if (logits > 0 && logits != config.labels().size()) {
      ModelException fault =
          new ModelException(
              "the model '%s' makes logits of %d labels, id2label in config.json has %d: %s"
                  .formatted(name, logits, config.labels().size(), config.labels()));
      session.close();
      tokenizer.close();
      throw fault;
    }
    loadMillis = (System.nanoTime() - start) / 1_000_000;
    fileBytes = bytes.length + files.tokenizer().length;
    residentBytes = ResidentMemory.growth(before);
    log.info(
        "loaded model {}: hidden width {}, labels {}, device {} (asked {}: {}), {} ms, files of {} MB",
        name,
        session.hiddenWidth(),
        config.labels(),
        device.used(),
        device.asked(),
        device.why(),
        loadMillis,
        fileBytes / 1_000_000);
  }

  /** As the user named it. */
  public String name() {
    return name;
  }

  /** Digest of all files, and the device. */
  ModelIdentity identity() {
    return identity;
  }

  /** Digest of all files, those of a head included; the same on every device. */
  public String content() {
    return identity.content();
  }

  /**
   * Digest of the files that determine the hidden states: those of the model, and those of a head
   * only if it changes the encoder. The same on every device.
   */
  public String encoderContent() {
    return encoderIsChanged ? identity.content() : identity.model();
  }

  /** Where it runs. */
  public Device device() {
    return device;
  }

  /** Numbers of a token's hidden state; 0 if the model makes none. */
  public int hiddenWidth() {
    return session.hiddenWidth();
  }

  /** The labels of the tokens' logits; empty if the model makes none. */
  public List<String> labels() {
    return session.logitsWidth() == 0 ? List.of() : config.labels();
  }

  /** The labels of whole texts, of a sequence classification; empty for other models. */
  public List<String> classes() {
    return session.classes() == 0 ? List.of() : config.labels();
  }

  /** What config.json says. */
  public ModelConfig config() {
    return config;
  }

  /** The tokenizer of the model. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * The first {@code maxTokens} tokens of a text; see {@link Tokenizer#encode}.
   *
   * @throws ModelException if the model was unloaded
   */
  public Tokens encode(String text, int maxTokens) {
    loaded.readLock().lock();
    try {
      refuseIfClosed();
      long start = System.nanoTime();
      Tokens encoded = tokenizer.encode(text, maxTokens);
      tokenizerNanos.add(System.nanoTime() - start);
      return encoded;
    } finally {
      loaded.readLock().unlock();
    }
  }

  /**
   * Queues a window for the device; see {@link OverloadException} and {@link ModelException}.
   *
   * @param reader makes something of the output, on a thread of the device; must not wait
   * @return completes exceptionally with {@link ModelException} if the model or the reader fails; a
   *     cancelled one is not run
   * @throws OverloadException if there was no place in time
   */
  public <R> CompletableFuture<R> submit(
      Window window, Priority priority, QueueLimit limit, Function<WindowOutput, R> reader) {
    return dispatcher.submit(this, window, priority, limit, reader);
  }

  List<WindowOutput> run(List<Window> batch) {
    loaded.readLock().lock();
    try {
      refuseIfClosed();
      long start = System.nanoTime();
      List<WindowOutput> outputs = session.run(batch);
      long nanos = System.nanoTime() - start;
      modelNanos.add(nanos);
      callNanos.update(nanos);
      calls.increment();
      windows.add(batch.size());
      int[] lengths = batch.stream().mapToInt(Window::length).toArray();
      long sum = Arrays.stream(lengths).asLongStream().sum();
      tokens.add(sum);
      paddingTokens.add((long) Arrays.stream(lengths).max().orElse(0) * lengths.length - sum);
      return outputs;
    } finally {
      loaded.readLock().unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new ModelException("the model '" + name + "' was unloaded");
    }
  }

  void countFailure() {
    failures.increment();
  }

  ModelStatistics statistics(int users) {
    Snapshot recent = callNanos.getSnapshot();
    return new ModelStatistics(
        name,
        identity.toString(),
        device,
        hiddenWidth(),
        labels(),
        classes(),
        loadMillis,
        fileBytes,
        residentBytes,
        users,
        calls.sum(),
        windows.sum(),
        tokens.sum(),
        paddingTokens.sum(),
        failures.sum(),
        tokenizerNanos.sum(),
        modelNanos.sum(),
        (long) recent.getMedian(),
        (long) recent.get99thPercentile(),
        dispatcher.waitingWindows(),
        dispatcher.waitingTokens());
  }

  /** Waits for the calls that run, fails what waits, and frees the native memory. */
  void close() {
    loaded.writeLock().lock();
    try {
      closed = true;
      session.close();
      tokenizer.close();
    } finally {
      loaded.writeLock().unlock();
    }
    dispatcher.remove(this);
  }
}
