package dev.baton.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how well names with several bearers are linked to the one that is meant. */
@Command(
    name = "evaluate-linking",
    description = "Measures how well names with several bearers are linked.")
final class EvaluateLinkingCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--collection", required = true, description = "Folder with links.tsv.")
  private Path folder;

  @Option(names = "--json", description = "One object on standard output, and nothing else there.")
  private boolean json;

  @Option(names = "--errors", description = "Also lists what was linked wrong.")
  private boolean errors;

  @Option(names = "--url", description = "A running Solr; default a private one.")
  private String url;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    BeirCollection source = new BeirCollection(folder);
    List<GoldLink> gold = GoldLink.read(folder.resolve("links.tsv"));
    LinkingScore score = PrivateSolr.at(url, solrUrl -> evaluate(source, gold, solrUrl));
    if (errors) {
      score.errors().forEach(System.err::println);
    }
    System.out.println(json ? JSON.writeValueAsString(score.numbers()) : score.table());
    return 0;
  }

  private static LinkingScore evaluate(BeirCollection source, List<GoldLink> gold, String solrUrl)
      throws IOException, SolrServerException, InterruptedException {
    try (SolrCollection target = new SolrCollection(solrUrl, "evaluate_linking")) {
      target.delete();
      target.createIfMissing();
      try {
        new Indexer(64, 2).index(source, target);
        LinkingScore score = new LinkingScore(gold);
        Map<String, Collection<Object>> mentions = mentions(target);
        for (GoldLink link : gold) {
          score.add(link, found(link, mentions.getOrDefault(link.document(), List.of())));
        }
        return score;
      } finally {
        target.delete();
      }
    }
  }

  private static Map<String, Collection<Object>> mentions(SolrCollection target)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", "kind:document").set("fl", "id,mentions").set("rows", 100_000);
    Map<String, Collection<Object>> mentions = new LinkedHashMap<>();
    for (SolrDocument document : target.select(params)) {
      Collection<Object> values = document.getFieldValues("mentions");
      mentions.put((String) document.getFieldValue("id"), values == null ? List.of() : values);
    }
    return mentions;
  }

  /** What the first mention of the surface was linked to; empty where there is no such mention. */
  private static Optional<LinkingScore.Found> found(GoldLink link, Collection<Object> mentions)
      throws IOException {
    for (Object value : mentions) {
      JsonNode mention = JSON.readTree((String) value);
      if (mention.path("surface").asText().equals(link.surface())) {
        double confidence = mention.path("link").asDouble(1);
        return Optional.of(
            new LinkingScore.Found(
                confidence > 0 ? mention.path("entity").asText() : GoldLink.NONE, confidence));
      }
    }
    return Optional.empty();
  }
}
