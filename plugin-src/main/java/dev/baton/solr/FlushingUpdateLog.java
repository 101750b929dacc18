package dev.baton.solr;

import org.apache.solr.update.CommitUpdateCommand;
import org.apache.solr.update.UpdateLog;

/**
 * Solr's update log, with nothing acknowledged left in memory. A commit starts a new log file; Solr
 * flushes only that one at the end of a request, so that what a request wrote into the file before
 * would be lost if the process died before the commit was through (seen by {@code CrashIT}). Here
 * the file before is flushed as soon as nothing more is written to it. Thread-safe as its parent.
 */
public final class FlushingUpdateLog extends UpdateLog {

  @Override
  public void preCommit(CommitUpdateCommand command) {
    synchronized (this) {
      super.preCommit(command);
      if (prevTlog != null) {
        prevTlog.finish(SyncLevel.FLUSH);
      }
    }
  }
}
