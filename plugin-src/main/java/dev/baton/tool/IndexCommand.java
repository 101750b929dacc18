package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Indexes a folder in BEIR layout into a running Solr. */
@Command(name = "index", description = "Indexes a folder in BEIR layout into a running Solr.")
final class IndexCommand implements Callable<Integer> {

  @Option(names = "--collection", required = true, description = "The folder.")
  private Path folder;

  @Option(names = "--name", description = "Solr collection; default the folder's name.")
  private String name;

  @Option(names = "--url", defaultValue = "http://127.0.0.1:8983/solr")
  private String url;

  @Option(names = "--batch", defaultValue = "64", description = "Documents a request.")
  private int batch;

  @Option(names = "--clients", defaultValue = "2", description = "Requests at a time.")
  private int clients;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    BeirCollection source = new BeirCollection(folder);
    Indexer indexer = new Indexer(batch, clients);
    try (SolrCollection target = new SolrCollection(url, name == null ? source.name() : name)) {
      if (target.createIfMissing()) {
        System.err.println("Made the collection " + target.name());
      }
      indexer.index(source, target);
      System.out.println("%s now has %d documents".formatted(target.name(), target.count("*:*")));
      reportPending(target);
    }
    return 0;
  }

  /** Says how many documents no model has read yet, which a search by meaning would miss. */
  static void reportPending(SolrCollection target) throws IOException, SolrServerException {
    long pending = target.count("enrichment_state:pending");
    if (pending > 0) {
      System.err.println(
          pending + " of them are pending: a model failed on them; enrichment_error says why");
    }
  }
}
