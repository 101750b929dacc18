package dev.baton.tool.curated;

/** Something in a file is not as it should be; the message says where, and by which rule. */
public final class BrokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokenException(Place place, String rule) {
    super(place + ": " + rule);
  }
}
