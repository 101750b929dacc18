package dev.baton.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Runs the windows of all models of one device: a queue for queries and one for texts, and workers
 * that take from them in batches as the {@link BatchPolicy} says. A batch that fails is run again
 * window by window, so that only the guilty one fails. Thread-safe.
 */
final class Dispatcher implements AutoCloseable {

  /** A window that waits, and what is to be made of its output. */
  private record Job<R>(
      LoadedModel model,
      Window window,
      Function<WindowOutput, R> reader,
      CompletableFuture<R> result) {

    void complete(WindowOutput output) {
      result.complete(reader.apply(output));
    }
  }

  private final String device;
  private final BatchPolicy policy;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Map<Priority, Deque<Job<?>>> queues = new EnumMap<>(Priority.class);
  private long waitingTokens;
  private boolean closed;

  Dispatcher(String device, BatchPolicy policy) {
    this.device = device;
    this.policy = policy;
    for (Priority priority : Priority.values()) {
      queues.put(priority, new ArrayDeque<>());
    }
    for (int i = 0; i < policy.workers(); i++) {
      Thread worker = new Thread(this::work, "baton-model-" + device + "-" + i);
      worker.setDaemon(true);
      worker.setContextClassLoader(Dispatcher.class.getClassLoader());
      worker.start();
    }
  }

  /**
   * Queues a window. The reader runs on a worker, as do stages of the result that are not
   * asynchronous: they must not wait for other windows.
   *
   * @return completes exceptionally with {@link ModelException} if the model or the reader fails; a
   *     cancelled one is not run
   * @throws OverloadException if there was no place in time, or the caller was interrupted
   */
  <R> CompletableFuture<R> submit(
      LoadedModel model,
      Window window,
      Priority priority,
      QueueLimit limit,
      Function<WindowOutput, R> reader) {
    Job<R> job = new Job<>(model, window, reader, new CompletableFuture<>());
    Deque<Job<?>> queue = queues.get(priority);
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(limit.waitMillis());
      while (!closed
          && !queue.isEmpty()
          && (queue.size() >= limit.windows()
              || waitingTokens + window.length() > limit.tokens())) {
        if (nanos <= 0) {
          throw new OverloadException(
              "no place within %d ms in the queue of %s: %d windows and %d tokens wait, at most %d and %d may"
                  .formatted(
                      limit.waitMillis(),
                      device,
                      queue.size(),
                      waitingTokens,
                      limit.windows(),
                      limit.tokens()));
        }
        nanos = room.awaitNanos(nanos);
      }
      if (closed) {
        throw new ModelException("the models of " + device + " are unloaded");
      }
      queue.add(job);
      waitingTokens += window.length();
      work.signal();
      return job.result();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverloadException("interrupted while waiting for the queue of " + device);
    } finally {
      lock.unlock();
    }
  }

  /** Fails what waits for a model that is unloaded. */
  void remove(LoadedModel model) {
    List<Job<?>> removed = new ArrayList<>();
    lock.lock();
    try {
      for (Deque<Job<?>> queue : queues.values()) {
        for (Iterator<Job<?>> jobs = queue.iterator(); jobs.hasNext(); ) {
          Job<?> job = jobs.next();
          if (job.model() == model) {
            jobs.remove();
            waitingTokens -= job.window().length();
            removed.add(job);
          }
        }
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
    removed.forEach(job ->
        job.result()
            .completeExceptionally(
                new ModelException("the model '" + model.name() + "' was unloaded")));
  }

  int waitingWindows() {
    lock.lock();
    try {
      return queues.values().stream().mapToInt(Deque::size).sum();
    } finally {
      lock.unlock();
    }
  }

  long waitingTokens() {
    lock.lock();
    try {
      return waitingTokens;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the workers once each has finished its batch. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    List<Job<?>> batch = take();
    while (!batch.isEmpty()) {
      run(batch);
      batch = take();
    }
  }

  /** The next batch, all of one model; empty once closed. */
  private List<Job<?>> take() {
    lock.lock();
    try {
      while (true) {
        Deque<Job<?>> queue = queues.get(Priority.QUERY);
        if (queue.isEmpty()) {
          queue = queues.get(Priority.TEXT);
        }
        if (!queue.isEmpty()) {
          return takeFrom(queue);
        }
        if (closed) {
          return List.of();
        }
        work.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Job<?>> takeFrom(Deque<Job<?>> queue) {
    List<Job<?>> batch = new ArrayList<>();
    if (policy.maxWindows() == 1) {
      batch.add(queue.remove());
    } else {
      LoadedModel model = queue.element().model();
      List<Job<?>> candidates = queue.stream().filter(job -> job.model() == model).toList();
      int[] lengths = candidates.stream().mapToInt(job -> job.window().length()).toArray();
      policy.choose(lengths).forEach(place -> batch.add(candidates.get(place)));
      Set<Job<?>> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
      chosen.addAll(batch);
      queue.removeIf(chosen::contains);
    }
    batch.forEach(job -> waitingTokens -= job.window().length());
    room.signalAll();
    return batch;
  }

  /** Whatever is thrown fails a window: a worker that dies would leave its callers waiting. */
  private static void run(List<Job<?>> batch) {
    List<Job<?>> wanted = batch.stream().filter(job -> !job.result().isDone()).toList();
    if (wanted.isEmpty()) {
      return;
    }
    LoadedModel model = wanted.get(0).model();
    List<WindowOutput> outputs;
    try {
      outputs = model.run(wanted.stream().map(Job::window).toList());
    } catch (Throwable e) {
      if (wanted.size() > 1) {
        wanted.forEach(job -> run(List.of(job)));
      } else {
        fail(wanted.get(0), e);
      }
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      try {
        wanted.get(i).complete(outputs.get(i));
      } catch (Throwable e) {
        fail(wanted.get(i), e);
      }
    }
  }

  private static void fail(Job<?> job, Throwable cause) {
    job.model().countFailure();
    job.result()
        .completeExceptionally(
            cause instanceof ModelException
                ? cause
                : new ModelException(
                    "the model '" + job.model().name() + "' failed: " + cause, cause));
  }
}
