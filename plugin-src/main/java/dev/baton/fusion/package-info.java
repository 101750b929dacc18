/**
 * The arithmetic of blending: channel scores into [0, 1] by fixed bounds, and their convex
 * combination. Pure functions of numbers, nothing of ours or of others imported; {@code search}
 * calls them for each hit. Main type: {@link dev.baton.fusion.Blend}.
 */
package dev.baton.fusion;
