package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.LocalSolrQueryRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

/** The processor alone, as a loader calls it, with a list in place of the rest of the chain. */
public class EnrichmentUpdateProcessorTest extends EnrichmentTestCase {

  private final List<String> indexed = new ArrayList<>();
  private SolrCore core;
  private SolrQueryRequest request;
  private EnrichmentUpdateProcessor processor;

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("lookahead", "1"));
  }

  @Before
  public void makeProcessor() {
    core = h.getCoreInc();
    request = new LocalSolrQueryRequest(core, Map.of());
    UpdateRequestProcessor rest =
        new UpdateRequestProcessor(null) {
          @Override
          public void processAdd(AddUpdateCommand command) {
            indexed.add(command.getPrintableId());
          }
        };
    processor =
        core.getUpdateProcessingChain(null).getProcessors().stream()
            .filter(EnrichmentUpdateProcessorFactory.class::isInstance)
            .map(f -> (EnrichmentUpdateProcessor) f.getInstance(request, response(), rest))
            .findFirst()
            .orElseThrow();
  }

  @After
  public void closeProcessor() throws Exception {
    processor.close();
    request.close();
    core.close();
  }

  @Test
  public void behindAFailureThatLeftNothingUndoneATolerantClientGoesOn() throws Exception {
    process(document("1", "body", "Anna"));
    thenThrownBy(() -> process(document("2", "body", "EXPLODE"))).isNotNull();
    process(document("3", "body", "Boris"));
    processor.finish();
    then(indexed).containsExactly("1", "3");
  }

  @Test
  public void aLongRequestKeepsOnlyWhatHasNotGoneOn() throws Exception {
    for (int i = 0; i < 100; i++) {
      process(document("d" + i, "body", "Anna"));
    }
    then(processor.waiting()).isLessThanOrEqualTo(2);
    then(indexed).hasSizeGreaterThan(97);
  }

  private static SolrQueryResponse response() {
    return new SolrQueryResponse();
  }

  private void process(SolrInputDocument document) throws Exception {
    AddUpdateCommand command = new AddUpdateCommand(request);
    command.solrDoc = document;
    processor.processAdd(command);
  }
}
