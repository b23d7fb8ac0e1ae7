/** A refusal of the shop: RFC 9457 problem+json, typed. */
export class ShopProblem extends Error {
    override readonly name = "ShopProblem";
    /** HTTP status. */
    readonly status: number;
    /** Stable and machine readable, such as `insufficient_stock`. */
    readonly code: string;
    /** One sentence that says what to do. */
    readonly detail: string;
    /** Quote it to whoever runs the shop. */
    readonly traceId: string;
    /** Messages by field name, when single fields are at fault. */
    readonly errors: Readonly<Record<string, readonly string[]>>;
    /** Seconds to wait before trying again, when waiting helps. */
    readonly retryAfter: number | null;
    /** The whole body, with further facts such as the products that are short. */
    readonly body: Readonly<Record<string, unknown>>;

    constructor(status: number, body: Record<string, unknown>, retryAfter: number | null) {
        const detail = typeof body.detail === "string" ? body.detail : `The shop answered with status ${status}.`;
        super(detail);
        this.status = status;
        this.detail = detail;
        this.code = typeof body.code === "string" ? body.code : "unknown";
        this.traceId = typeof body.trace_id === "string" ? body.trace_id : "";
        this.errors = (body.errors as Record<string, string[]> | undefined) ?? {};
        this.retryAfter = retryAfter;
        this.body = body;
    }

    static async from(response: Response): Promise<ShopProblem> {
        const wait = Number(response.headers.get("Retry-After") ?? NaN);
        let body: Record<string, unknown> = {};
        try {
            const parsed: unknown = await response.json();
            if (parsed !== null && typeof parsed === "object") {
                body = parsed as Record<string, unknown>;
            }
        } catch {
            // something between us and the shop answered without JSON; status alone has to do
        }
        return new ShopProblem(response.status, body, Number.isFinite(wait) ? wait : null);
    }
}
