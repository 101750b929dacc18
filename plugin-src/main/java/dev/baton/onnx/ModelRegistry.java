package dev.baton.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The loaded models of a node. Users of equal files on one device share one model; it is unloaded
 * with its last user. A model that could not be loaded is tried again by the next user.
 * Thread-safe; loads are done one after another.
 */
public final class ModelRegistry {

  private static final ModelRegistry OF_NODE = new ModelRegistry();

  private final Map<ModelIdentity, Shared> models = new HashMap<>();
  private final Map<String, Dispatcher> dispatchers = new HashMap<>();
  private final ModelDigests digests = new ModelDigests();

  /** The registry of this class loader, which in Solr is that of the node. */
  public static ModelRegistry ofNode() {
    return OF_NODE;
  }

  /**
   * The model of a specification, loaded if nobody uses it yet.
   *
   * @throws ModelException if it cannot be loaded
   */
  public synchronized Lease acquire(ModelSpec spec) {
    Device device = Device.choose(spec.device());
    Optional<FileStamps> stamps = spec.source().stamps();
    Optional<FileStamps> headStamps = spec.head().flatMap(ModelSource::headStamps);
    Shared shared = known(spec, device, stamps, headStamps).map(models::get).orElse(null);
    if (shared == null) {
      ModelFiles files = spec.source().load();
      Optional<ModelFiles> head = spec.head().map(ModelSource::loadHead);
      ModelIdentity identity =
          new ModelIdentity(
              digests.of(files, stamps), head.map(h -> digests.of(h, headStamps)), device.used());
      shared = models.get(identity);
      if (shared == null) {
        shared = new Shared(load(spec, files, head, identity, device));
        models.put(identity, shared);
      }
    }
    shared.users++;
    return new Lease(shared.model);
  }

  /** The identity, if no file has to be read for it. */
  private Optional<ModelIdentity> known(
      ModelSpec spec, Device device, Optional<FileStamps> stamps, Optional<FileStamps> headStamps) {
    Optional<String> model = digests.of(stamps);
    Optional<String> head = digests.of(headStamps);
    return model.isEmpty() || head.isPresent() != spec.head().isPresent()
        ? Optional.empty()
        : Optional.of(new ModelIdentity(model.get(), head, device.used()));
  }

  private LoadedModel load(
      ModelSpec spec,
      ModelFiles files,
      Optional<ModelFiles> head,
      ModelIdentity identity,
      Device device) {
    Dispatcher dispatcher =
        dispatchers.computeIfAbsent(
            device.used(), used -> new Dispatcher(used, BatchPolicy.of(device)));
    try {
      return new LoadedModel(files, head, identity, device, dispatcher);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      closeUnused(device.used());
      throw new ModelException(settings(spec) + ": " + e.getMessage(), e);
    }
  }

  /** Which settings asked for a model, and with which values. */
  private static String settings(ModelSpec spec) {
    return Stream.concat(Stream.of(spec.source()), spec.head().stream())
        .map(source -> source.setting() + "=" + source.value())
        .collect(Collectors.joining(", "));
  }

  /** What each loaded model has done. */
  public synchronized List<ModelStatistics> statistics() {
    return models.values().stream().map(shared -> shared.model.statistics(shared.users)).toList();
  }

  private synchronized void release(LoadedModel model) {
    Shared shared = models.get(model.identity());
    shared.users--;
    if (shared.users == 0) {
      models.remove(model.identity());
      model.close();
      closeUnused(model.device().used());
    }
  }

  private void closeUnused(String device) {
    if (models.values().stream().noneMatch(s -> s.model.device().used().equals(device))) {
      dispatchers.remove(device).close();
    }
  }

  /** The right to use a model until it is closed. */
  public final class Lease implements AutoCloseable {

    private final LoadedModel model;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Lease(LoadedModel model) {
      this.model = model;
    }

    /** The model; not to be used after the lease is closed. */
    public LoadedModel model() {
      return model;
    }

    /** What the model has done. */
    public ModelStatistics statistics() {
      synchronized (ModelRegistry.this) {
        Shared shared = models.get(model.identity());
        return model.statistics(shared == null ? 0 : shared.users);
      }
    }

    /** Gives the right back; a second time does nothing. */
    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        release(model);
      }
    }
  }

  private static final class Shared {

    final LoadedModel model;
    int users;

    Shared(LoadedModel model) {
      this.model = model;
    }
  }
}
