package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.params.ModifiableSolrParams;
import picocli.CommandLine.Option;

/** The options of commands that ask the questions of a judged collection. */
final class JudgedOptions {

  @Option(names = "--collection", required = true, description = "Folder in BEIR layout.")
  private Path folder;

  @Option(names = "--language", description = "zh or en; default as Baton detects it.")
  private String language;

  @Option(names = "--param", description = "NAME=VALUE, passed on with each query.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(names = "--url", description = "A running Solr; default a private one.")
  private String url;

  @Option(names = "--indexed", description = "Name of a Solr collection that has it already.")
  private String indexed;

  /** What is to be done with the collection once it can be searched. */
  @FunctionalInterface
  interface Questions {
    void ask(SolrCollection target) throws IOException, SolrServerException, InterruptedException;
  }

  BeirCollection source() {
    return new BeirCollection(folder);
  }

  /** The parameters of every request. */
  ModifiableSolrParams parameters() {
    ModifiableSolrParams extra = new ModifiableSolrParams();
    if (language != null) {
      if (!List.of("zh", "en").contains(language)) {
        throw new CollectionFormatException("--language must be zh or en, got: " + language);
      }
      extra.set("baton.lang", language);
    }
    params.forEach(extra::set);
    return extra;
  }

  /**
   * Indexes the collection afresh, asks, and removes it again; one that is indexed already stays as
   * it is.
   */
  void ask(Questions questions) throws IOException, SolrServerException, InterruptedException {
    if (indexed != null) {
      askIndexed(questions);
    } else {
      PrivateSolr.at(
          url,
          solrUrl -> {
            askAfresh(questions, solrUrl);
            return null;
          });
    }
  }

  private void askIndexed(Questions questions)
      throws IOException, SolrServerException, InterruptedException {
    if (url == null) {
      throw new CollectionFormatException("--indexed wants --url, the Solr that has it");
    }
    try (SolrCollection target = new SolrCollection(url, indexed)) {
      if (!target.exists()) {
        throw new CollectionFormatException(
            "--indexed must be a collection of " + url + ", got: " + indexed);
      }
      questions.ask(target);
    }
  }

  private void askAfresh(Questions questions, String solrUrl)
      throws IOException, SolrServerException, InterruptedException {
    BeirCollection source = source();
    try (SolrCollection target = new SolrCollection(solrUrl, "evaluate_" + plain(source.name()))) {
      target.delete();
      target.createIfMissing();
      try {
        new Indexer(64, 2).index(source, target);
        IndexCommand.reportPending(target);
        questions.ask(target);
      } finally {
        target.delete();
      }
    }
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }
}
