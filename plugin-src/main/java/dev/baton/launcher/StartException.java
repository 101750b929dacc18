package dev.baton.launcher;

/** Solr did not start; the message says why and what to change. */
public final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  /** A reason that stands for itself. */
  public StartException(String message) {
    super(message);
  }

  /** A reason with what lies behind it. */
  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
