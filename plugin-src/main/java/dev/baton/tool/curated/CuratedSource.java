package dev.baton.tool.curated;

import java.io.IOException;

/** Files with curated knowledge. Read anew, it gives the same documents in the same order. */
public interface CuratedSource {

  /**
   * Reads all, one document at a time.
   *
   * @throws BrokenException if the file cannot be understood at all
   */
  void read(CuratedSink sink) throws IOException;
}
