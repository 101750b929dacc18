package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.After;
import org.junit.Test;

/** Patterns are part of what determines the reading of a document. */
public class RelationsChangeTest extends SolrTestCaseJ4 {

  @After
  public void closeTheCore() {
    deleteCore();
  }

  @Test
  public void aChangedPatternMakesDocumentsStaleAndACommentDoesNot() throws Exception {
    SolrDocument before = indexed(file -> file);
    SolrDocument commented = indexed(file -> "# ours\n" + file);
    SolrDocument changed = indexed(file -> file.replace("zh 0.9 ", "zh 0.8 "));
    for (String field : new String[] {"enrichment_model", "enrichment_fingerprint"}) {
      then(commented.getFieldValue(field)).as(field).isEqualTo(before.getFieldValue(field));
      then(changed.getFieldValue(field)).as(field).isNotEqualTo(before.getFieldValue(field));
    }
  }

  /** A document as a core with the shipped patterns, changed, has it. */
  private static SolrDocument indexed(UnaryOperator<String> change) throws Exception {
    deleteCore();
    useFactory("solr.StandardDirectoryFactory");
    Path home = createTempDir();
    Path conf = home.resolve("collection1").resolve("conf");
    TrimmedConfigset.write(conf, Map.of("relations", "relations.txt"));
    Path file = conf.resolve("relations.txt");
    Files.writeString(file, change.apply(Files.readString(file)));
    initCore("solrconfig.xml", "managed-schema.xml", home.toString());
    EmbeddedSolrServer server = new EmbeddedSolrServer(h.getCoreContainer(), "collection1");
    SolrInputDocument document = new SolrInputDocument();
    document.setField("id", "1");
    document.setField("body", "《呐喊》的作者是鲁迅。");
    server.add(document);
    return server.getById("1");
  }
}
