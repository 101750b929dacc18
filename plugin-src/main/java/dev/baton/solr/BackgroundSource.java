package dev.baton.solr;

import java.io.IOException;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.search.SolrIndexSearcher;

/** Which documents a {@link BackgroundReading} looks for, and who is told what became of them. */
interface BackgroundSource {

  /** What such documents are called in messages, in one word. */
  String name();

  /** How they are worked off. */
  Pace pace();

  /** Looks into the index, at the begin of each pass: those that there are. */
  Query look(SolrIndexSearcher searcher) throws IOException;

  /** Whether a document, as it is now, is one of them. */
  boolean isOneOf(String id, SolrInputDocument document);

  /** The reading of one begins. */
  void begun();

  /** One is none of them any more. */
  void done();

  /** One stays what it is. */
  void failed();

  /** A pass ended, in which so many were done. */
  void passed(int done);

  /**
   * How documents are worked off.
   *
   * @param lookSeconds between two looks into the index where nothing is to be done, and the first
   *     wait of a document that failed
   * @param batch documents at most before the index is looked at anew
   * @param perSecond documents at most
   */
  record Pace(int lookSeconds, int batch, double perSecond) {

    /** Refuses what never works off anything. */
    public Pace {
      if (lookSeconds < 1 || batch < 1 || !(perSecond > 0)) {
        throw new IllegalArgumentException(
            "a pace must be positive, got: " + lookSeconds + ", " + batch + ", " + perSecond);
      }
    }
  }
}
