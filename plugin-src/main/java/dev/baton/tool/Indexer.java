package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrInputDocument;

/**
 * Sends the documents of a collection to Solr, some requests at a time.
 *
 * @param batch documents a request
 * @param clients requests at a time
 */
record Indexer(int batch, int clients) {

  /**
   * Checks the bounds.
   *
   * @throws CollectionFormatException naming setting, value and rule
   */
  Indexer {
    BatchSender.requireRange("--batch", batch, BatchSender.MAX_BATCH);
    BatchSender.requireRange("--clients", clients, BatchSender.MAX_CLIENTS);
  }

  /**
   * Sends knowledge and corpus, and commits each: the names that are known are recognised in the
   * texts that come after.
   *
   * @return seconds from the first request to the end of the commit
   * @throws CollectionFormatException naming file and lines, if Solr refuses some
   */
  double index(BeirCollection source, SolrCollection target)
      throws IOException, SolrServerException, InterruptedException {
    try (Progress progress =
        new Progress("Indexing " + source.name(), "documents", source.size())) {
      if (Files.exists(source.knowledge())) {
        send(source.knowledge(), SolrDocuments::ofKnowledge, target, progress);
        target.commit();
      }
      send(source.corpus(), SolrDocuments::ofCorpus, target, progress);
      target.commit();
      return progress.seconds();
    }
  }

  private void send(
      Path file,
      Function<JsonLine, SolrInputDocument> mapping,
      SolrCollection target,
      Progress progress)
      throws IOException, InterruptedException {
    try (JsonLine.Reader lines = JsonLine.read(file);
        BatchSender sender =
            new BatchSender(target, batch, clients, done -> progress.add(done.size()))) {
      while (lines.hasNext()) {
        JsonLine line = lines.next();
        sender.add(mapping.apply(line), line.place());
      }
      sender.finish();
    }
  }
}
