package dev.baton.tool;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The quick tour: indexes the library into a running Solr and asks six queries. */
@Command(name = "demo", description = "Indexes the library and asks six queries.")
final class DemoCommand implements Callable<Integer> {

  private static final String NAME = "library";
  private static final int HITS = 3;

  @Option(names = "--url", defaultValue = "http://127.0.0.1:8983/solr")
  private String url;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    BeirCollection library =
        new BeirCollection(Build.current().root().resolve("test-collections/library"));
    try (SolrCollection target = new SolrCollection(url, NAME)) {
      if (!target.createIfMissing() && target.count("*:*") == library.size()) {
        System.err.println("The library is indexed already.");
      } else {
        new Indexer(64, 2).index(library, target);
      }
      IndexCommand.reportPending(target);
      int number = 1;
      for (DemoQuery query : DemoQuery.TOUR) {
        System.out.printf("%n%d. %s%n   (%s)%n", number++, query.text(), query.point());
        show(target, query);
      }
      sayHowToGoOn();
    }
    return 0;
  }

  private static void show(SolrCollection target, DemoQuery query)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", query.text()).set("rows", HITS);
    params.set("fl", "id,title,score," + ChannelShares.FIELD);
    QueryResponse response = target.search(params);
    if (response.getResults().isEmpty()) {
      System.out.println("   nothing found");
    }
    for (SolrDocument hit : response.getResults()) {
      ChannelShares shares = ChannelShares.of(hit);
      System.out.printf(
          Locale.ROOT,
          "   %.3f  %s  %s%s%n",
          ((Number) hit.getFieldValue("score")).doubleValue(),
          shares.line(),
          hit.getFirstValue("title"),
          shares.via().isEmpty() ? "" : "  (via " + shares.via() + ")");
    }
  }

  private void sayHowToGoOn() {
    System.out.printf(
        """

        Go on:
          your own question   curl '%1$s/%2$s/baton/search' --data-urlencode 'q=写三体的人成名以前靠什么工作谋生'
          one channel only    add -d baton.channels=lexical   (or vector, graph)
          the graph           curl '%1$s/%2$s/baton/graph?entity=%3$s'
          your own documents  scripts/index --collection DIR --url %1$s
          stop                scripts/stop
        """,
        url, NAME, URLEncoder.encode("鲁迅", StandardCharsets.UTF_8));
  }
}
