package dev.baton.tool;

import dev.baton.tool.curated.CuratedDocument;
import dev.baton.tool.curated.Place;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.solr.common.SolrInputDocument;

/** Sends the documents of an import, and writes down which of them Solr has. Used by one thread. */
final class ImportSending {

  private final SolrCollection target;
  private final Map<String, String> work;
  private final Path state;
  private final long skipped;
  private final Deque<Place> places = new ArrayDeque<>();
  private long read;
  private long done;

  /** Gives all documents, in the same order each time. */
  interface Documents {
    void each(Consumer<CuratedDocument> taker) throws IOException;
  }

  /**
   * @param state file that says how far it is
   * @param skipped documents that Solr has from an earlier run
   */
  ImportSending(SolrCollection target, Map<String, String> work, Path state, long skipped) {
    this.target = target;
    this.work = work;
    this.state = state;
    this.skipped = skipped;
    this.done = skipped;
  }

  /**
   * Sends the documents behind those that are skipped, without a commit.
   *
   * @param total of all documents
   */
  void send(int total, int batch, int clients, Documents documents)
      throws IOException, InterruptedException {
    boolean finished = false;
    try (Progress progress = new Progress("Importing", "documents", total - (int) skipped);
        BatchSender sender =
            new BatchSender(target, batch, clients, sent -> acknowledged(sent, progress))) {
      documents.each(document -> add(document, sender));
      sender.finish();
      finished = true;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      if (!finished && done > 0) {
        System.err.println(
            "%s has %d of %d documents; run it again with --resume to go on there"
                .formatted(target.name(), done, total));
      }
    }
  }

  private void add(CuratedDocument document, BatchSender sender) {
    if (read++ < skipped) {
      return;
    }
    SolrInputDocument sent = new SolrInputDocument();
    document.fields().forEach(sent::setField);
    places.add(document.place());
    try {
      sender.add(sent, document.place().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
  }

  private void acknowledged(List<SolrInputDocument> documents, Progress progress)
      throws IOException {
    done += documents.size();
    progress.add(documents.size());
    Place last = places.remove();
    for (int i = 1; i < documents.size(); i++) {
      last = places.remove();
    }
    String id = (String) documents.get(documents.size() - 1).getFieldValue("id");
    new ImportState(work, done, id, last.toString()).write(state);
  }
}
