namespace Shop.WebApi.Http.Pipeline;

/// <summary>Answers HEAD wherever GET is answered: the same status and headers; the server leaves the body out.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => HttpMethods.IsHead(context.Request.Method) ? AnswerAsync(context) : next(context);

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}
