using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence;

internal class EfRepository<T>(ShopDbContext db, KeysetPager pager, AutoMapper.IConfigurationProvider mapping) : IRepository<T>
    where T : class
{
    public async Task AddAsync(T aggregate, CancellationToken cancellationToken) => await db.AddAsync(aggregate, cancellationToken);

    public void Remove(T aggregate) => db.Remove(aggregate);

    public virtual async Task<T?> FindForUpdateAsync(ISpecification<T> specification, CancellationToken cancellationToken) =>
        await LockAsync(db.Set<T>().Filter(specification), cancellationToken) == 0
            ? null
            : await Read(specification).SingleOrDefaultAsync(cancellationToken);

    public virtual Task LockAsync(long id, CancellationToken cancellationToken) =>
        LockAsync(db.Set<T>().Where(row => EF.Property<long>(row, nameof(AggregateRoot.Id)) == id), cancellationToken);

    public bool Holds(T aggregate) => db.Holds(aggregate);

    public Task<TAnswer?> GetAsync<TAnswer>(ISpecification<T> specification, CancellationToken cancellationToken)
        where TAnswer : class =>
        db.Set<T>().AsNoTracking().Apply(specification).ProjectTo<TAnswer>(mapping).FirstOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<TAnswer>> ListAsync<TAnswer>(ISpecification<T> specification, CancellationToken cancellationToken)
        where TAnswer : class =>
        await db.Set<T>().AsNoTracking().Apply(specification).ProjectTo<TAnswer>(mapping).ToListAsync(cancellationToken);

    public Task<Result<Page<TAnswer>>> GetPageAsync<TAnswer>(
        ISpecification<T> specification, PageRequest page, CancellationToken cancellationToken)
        where TAnswer : class =>
        pager.GetAsync<T, TAnswer>(db.Set<T>().AsNoTracking().Filter(specification), specification, page, cancellationToken);

    public Task<bool> AnyAsync(ISpecification<T> specification, CancellationToken cancellationToken) =>
        db.Set<T>().Filter(specification).AnyAsync(cancellationToken);

    public Task<long> CountAsync(ISpecification<T> specification, CancellationToken cancellationToken) =>
        db.Set<T>().Filter(specification).LongCountAsync(cancellationToken);

    /// <summary>An aggregate, with what belongs to it, to be changed.</summary>
    protected IQueryable<T> Read(ISpecification<T> specification) => db.Set<T>().Include(specification).Apply(specification);

    /// <summary>An update that changes nothing locks the rows on either database until the transaction ends.</summary>
    private static Task<int> LockAsync(IQueryable<T> rows, CancellationToken cancellationToken) =>
        rows.ExecuteUpdateAsync(
            row => row.SetProperty(
                each => EF.Property<long>(each, nameof(AggregateRoot.Version)), each => EF.Property<long>(each, nameof(AggregateRoot.Version))),
            cancellationToken);
}
