package dev.baton.tool;

/**
 * A file of a collection is not as it should be; the message says which, in which line, and why.
 */
public final class CollectionFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CollectionFormatException(String message) {
    super(message);
  }

  CollectionFormatException(JsonLine line, String fault) {
    this(line.place() + ": " + fault);
  }
}
