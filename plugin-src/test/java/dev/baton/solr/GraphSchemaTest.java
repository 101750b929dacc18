package dev.baton.solr;

import org.apache.solr.SolrTestCaseJ4;
import org.junit.Test;

public class GraphSchemaTest extends SolrTestCaseJ4 {

  @Test
  public void schemaWithoutAFieldOfTheGraphFailsAtCoreLoad() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    ignoreException("alias_of");
    try {
      initCore("solrconfig.xml", "schema-without-aliases.xml", GraphViewsTest.home());
      Throwable failure = h.getCoreContainer().getCoreInitFailures().get("collection1").exception;
      StringBuilder messages = new StringBuilder();
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        messages.append(cause.getMessage()).append('\n');
      }
      assertTrue(messages.toString(), messages.toString().contains("no field 'alias_of'"));
    } finally {
      resetExceptionIgnores();
    }
  }
}
