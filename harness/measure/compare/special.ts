// Tails of the normal and the chi-square distribution, to about 1e-12: both are the incomplete gamma function.

/** P(Z <= z) of a standard normal Z. */
export function normalCdf(z: number): number {
  const upper = 0.5 * upperGamma(0.5, (z * z) / 2);
  return z > 0 ? 1 - upper : upper;
}

/** z with P(Z <= z) = p, for p in (0, 1). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`p is in (0, 1), not ${p}`);
  let [low, high] = [-40, 40];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X > x) of a chi-square X, `freedom` >= 1. */
export const chiSquareUpper = (x: number, freedom: number): number =>
  x <= 0 ? 1 : upperGamma(freedom / 2, x / 2);

/** Regularised: a series below a + 1, Lentz's continued fraction above. Source: Abramowitz & Stegun 6.5.29 and 6.5.31. */
function upperGamma(a: number, x: number): number {
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; term > sum * 1e-17; k++) sum += term *= x / (a + k);
    return 1 - scale * sum;
  }
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const factor = -k * (k - a);
    b += 2;
    d = 1 / (b + factor * d);
    c = b + factor / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return scale * fraction;
}

/** Of x > 0, by Stirling's series above 12. Source: Abramowitz & Stegun 6.1.41. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 12; y++) shift += Math.log(y);
  const s = 1 / (y * y);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / y;
  return (y - 0.5) * Math.log(y) - y + Math.log(2 * Math.PI) / 2 + series - shift;
}
