package dev.baton.solr;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.CommitUpdateCommand;
import org.apache.solr.update.UpdateLog;
import org.junit.BeforeClass;
import org.junit.Test;

/** The moment in a commit in which the log file has changed and the index is not yet written. */
public class FlushingUpdateLogTest extends EnrichmentTestCase {

  @BeforeClass
  public static void startCore() throws Exception {
    startCore(Map.of());
  }

  @Test
  public void theFileThatACommitLeavesBehindIsOnDiskBeforeTheIndexIs() throws Exception {
    UpdateLog log = h.getCore().getUpdateHandler().getUpdateLog();
    assertEquals(FlushingUpdateLog.class, log.getClass());
    try (SolrQueryRequest request = req()) {
      AddUpdateCommand add = new AddUpdateCommand(request);
      add.solrDoc = document("1", "body", "flushedmarker");
      add.setVersion(1);
      h.getCore().getUpdateHandler().addDoc(add);
      CommitUpdateCommand commit = new CommitUpdateCommand(request, false);
      log.preCommit(commit);
      try {
        assertTrue(
            "the marker is in a log file", onDisk(Path.of(log.getTlogDir()), "flushedmarker"));
      } finally {
        log.postCommit(commit);
      }
    }
  }

  private static boolean onDisk(Path folder, String marker) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(marker)) {
        return true;
      }
    }
    return false;
  }
}
