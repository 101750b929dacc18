package dev.baton.tool.curated;

/** Takes what a source reads, in the order in which it stands there. */
public interface CuratedSink {

  /** A document that Baton would take. */
  void accept(CuratedDocument document);

  /**
   * Something that is not as it should be. The source goes on behind it if this returns; what the
   * rest cannot be understood without, it throws itself.
   */
  void broken(BrokenException fault);

  /**
   * Something that is right and has no place in the knowledge base.
   *
   * @param reason the same for all that are left out for the same reason
   */
  void leftOut(Place place, String reason);
}
